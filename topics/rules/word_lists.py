"""The words that a minor change may not touch, by kind, in the languages that are known."""

LANGUAGES = ("en", "es")
"""Languages whose numbers, negations and dose words are listed here."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _joined(beginnings: str, endings: str) -> frozenset[str]:
    return frozenset(first + last for first in beginnings.split() for last in endings.split())


_COUNTS = _words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred hundreds thousand thousands million millions billion billions dozen half
    quarter quarters third thirds once twice thrice single
    couple both cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece
    catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós
    veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta
    cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos doscientas
    trescientos trescientas quinientos quinientas mil miles millón millones docena mitad medio
    media tercio cuarto doble dobles triple triples cuádruple quíntuple ambos ambas
    first second fourth fifth sixth seventh eighth ninth tenth primer primero primera primeros
    primeras segunda segundo segundas segundos tercer tercero tercera cuarta quinto quinta sexto
    sexta séptimo séptima octavo octava noveno novena décimo décima"""
)
# Grown twofold, or to a half: the forms of each verb.
_MULTIPLIED = (
    _joined("doubl tripl trebl quadrupl quintupl halv", "e es ed ing")
    | _joined(
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
        "fifty sixty seventy eighty ninety hundred thousand several many multi",
        "fold",
    )
    | _joined(
        "duplic triplic cuadruplic quintuplic sextuplic septuplic octuplic decuplic centuplic "
        "multiplic dobl",
        "a an aba aban ó aron ado ada ados adas ando ar arse ará arán aría arían ara aran ase asen "
        "ación",
    )
    | _joined(
        "dupliqu tripliqu cuadrupliqu quintupliqu sextupliqu septupliqu octupliqu decupliqu "
        "centupliqu multipliqu dobl",
        "e en é",
    )
)
_TENS = _words(
    # Somebody is in their forties; dozens, or hundreds, fall ill.
    """teens twenties thirties forties fifties sixties seventies eighties nineties tens dozens
    decena decenas docenas veintena veintenas treintena cincuentena centena centenas centenar
    centenares millar millares veinteañero veinteañera veinteañeros veinteañeras treintañero
    treintañera treintañeros treintañeras sexagenario sexagenaria septuagenario septuagenaria
    octogenario octogenaria nonagenario nonagenaria"""
)
NUMBERS = _COUNTS | _MULTIPLIED | _TENS
NEGATIONS = _words(
    """no not never without nor neither none nobody nothing nowhere cannot cant dont avoid
    avoids avoided avoiding stop stops stopped stopping except unless non contraindicated
    discontinue discontinued refrain instead false free lack lacks lacking absent absence
    exclude excluded hardly rarely forbidden prohibited nunca sin ni jamás nada nadie ningún
    ninguno ninguna evite evita evitar evitarse eviten excepto salvo tampoco suspenda suspender
    deje dejar detenga interrumpa interrumpir contraindicado contraindicada ausencia falta
    carece prohibido excluye apenas
    against fail fails failed failing failure skip skips skipped skipping miss misses
    missed missing omit omits omitted omitting withhold withheld quit prevent prevents prevented
    preventing ban banned contra falla fallan fallo fracasa fracasan fracaso omita omitan omite
    omitir omitirse salte salta saltar saltarse saltee olvide olvida olvidar prevenga prevenir
    previene rechace cese cesar"""
)
FREQUENCIES = _words(
    """daily weekly monthly yearly hourly nightly fortnightly biweekly annually every each per
    time times often always sometimes occasionally dose doses dosage overdose morning evening
    night bedtime bid tid qid qd qod qh qhs prn ac pc stat diario diaria diarios diarias
    diariamente semanal semanales semanalmente mensual mensualmente anual anualmente cada vez
    veces siempre frecuencia dosis sobredosis mañana tarde noche acostarse
    other alternate alternating alternately consecutive afternoon noon midnight weekend
    weekends otro otra alterno alterna alternos alternas alternando seguidos seguidas mañanas
    tardes noches mediodía medianoche cotidiano cotidiana
    annual quarterly bimonthly biannual biannually semiannual semiannually biennial biennially
    triennial quincenal quincenales quincenalmente bimensual bimensuales bimestral bimestrales
    bimestralmente trimestral trimestrales trimestralmente cuatrimestral cuatrimestrales
    cuatrimestralmente semestral semestrales semestralmente anuales bianual bianuales bienal
    bienales trienal trienales quinquenal quinquenales"""
)
COMPARISONS = _words(
    """more less fewer most least above below over under greater higher lower larger smaller
    maximum minimum max min than before after until within between only increase increases
    increased decrease decreases decreased raise lowers reduce reduces reduced up down left
    right más menos mayor menor mayores menores superior inferior máximo máxima mínimo mínima
    antes después hasta dentro entre solo sólo solamente aumenta aumente aumentar disminuye
    disminuya disminuir reduce reduzca reducir sobre bajo encima debajo izquierdo izquierda
    derecho derecha
    during durante mientras through throughout beyond prior since desde tras"""
)
UNIT_WORDS = _words(
    """milligram milligrams microgram micrograms nanogram nanograms gram grams kilogram
    kilograms milliliter milliliters millilitre millilitres liter liters litre litres ounce
    ounces pound pounds teaspoon teaspoons teaspoonful tablespoon tablespoons tablespoonful cup
    cups drop drops unit units tablet tablets pill pills capsule capsules puff puffs spray
    sprays patch patches injection injections vial vials ampoule ampoules sachet sachets lozenge
    lozenges suppository suppositories second seconds minute minutes hour hours day days week
    weeks month months year years percent degree degrees celsius fahrenheit inch inches foot
    feet calorie calories kcal mmhg bpm mph centimeter centimeters centimetre centimetres
    millimeter millimeters millimetre millimetres meter meters metre metres joule joules gray
    mole moles millimole millimoles miligramo miligramos microgramo microgramos gramo gramos
    kilogramo kilogramos kilo kilos mililitro mililitros litro litros onza onzas libra libras
    cucharada cucharadas cucharadita cucharaditas taza tazas gota gotas unidad unidades tableta
    tabletas pastilla pastillas comprimido comprimidos cápsula cápsulas inhalación inhalaciones
    parche parches inyección inyecciones ampolla ampollas sobre sobres supositorio supositorios
    segundo segundos minuto minutos hora horas día días semana semanas mes meses año años
    porcentaje grado grados caloría calorías centímetro centímetros milímetro milímetros metro
    metros
    fortnight fortnights trimester trimesters decade decades century centuries quincena quincenas
    bimestre bimestres trimestre trimestres cuatrimestre cuatrimestres semestre semestres bienio
    bienios trienio trienios lustro lustros quinquenio quinquenios década décadas siglo siglos"""
)
# What advice turns on. Changing one is refused, but the words beside it may be reworded.
ADVICE = _words(
    # How binding it is, how sure, how often, how soon.
    """should must may might can could shall will would ought need needs needed necessary
    required recommended allowed optional always usually normally generally typically commonly
    frequently seldom likely possibly probably certainly immediately immediate soon sooner urgent
    urgently emergency promptly quickly slowly gradually suddenly now later early earlier late today
    tonight tomorrow debe deben debo debemos debería deberían deberá deberán puede pueden puedo
    podemos podría podrían podrá podrán tiene tienen necesita necesitan necesite necesario necesaria
    necesarios necesarias precise demanda requerido recomendado recomendada permitido opcional
    usualmente normalmente generalmente habitualmente frecuentemente menudo probable probablemente
    posiblemente quizás inmediatamente inmediato inmediata pronto enseguida urgente urgentemente
    urgencia urgencias emergencia rápidamente lentamente gradualmente repentinamente ahora luego
    tarde temprano hoy"""
    # On what condition, for which part, for whom.
    """ if or either when while but all any some many much few several little enough entire partial
    adult adults child children infant infants baby babies toddler newborn teenager teenagers pregnant
    pregnancy breastfeeding women men woman man elderly older younger si o u cuando pero todo toda
    todos todas alguno alguna algunos algunas algún muchos muchas mucho mucha poco poca pocos pocas
    varios varias bastante demasiado demasiada según adulto adulta adultos adultas niño niña niños
    niñas bebé bebés lactante lactantes embarazada embarazadas embarazo lactancia mujer mujeres
    hombre hombres anciano ancianos"""
    # By which route, where on the body, in which form.
    """ oral orally mouth intravenous intravenously intramuscular intramuscularly subcutaneous
    subcutaneously intradermal intrathecal epidural topical topically transdermal nasal nasally
    rectal rectally vaginal vaginally sublingual buccal inhaled inhale inhaler nebulizer nebuliser
    inject injects injected injecting injectable infusion swallow swallowed apply applied po iv im sc
    sq eye eyes ear ears nose nostril nostrils tongue skin vein veins muscle rectum vagina scalp whole
    crush crushed crushing chew chewed chewing split splitting cut cutting break broken dissolve
    dissolved dissolving dilute diluted undiluted empty full fasting upper front rear back both
    bilateral vía boca intravenoso intravenosa intramuscular subcutáneo subcutánea intradérmica
    tópico tópica transdérmico transdérmica rectal vaginal inhalado inhalada inhale inhalador inyecte
    inyecta inyectar inyectado inyectable infusión trague tragar aplique aplicar ojo ojos oído oídos
    oreja nariz lengua piel vena músculo recto vagina entero entera enteros enteras triture triturar
    triturado triturada trituradas machaque machacado machacada mastique masticar masticado parta
    partir partido partida disuelva disolver disuelto disuelta diluya diluir diluido ayunas vacío
    lleno"""
    # What to do with a treatment, and which way things go.
    """ repeat repeats repeated repeating start starts started starting begin begins continue continues
    continued resume resumes restart keep better worse worsen worsens worsening improve improves
    improved improving high low safe dangerous harmful harmless severe mild moderate serious positive
    negative longer shorter long short hot cold warm fast slow strong weak cause causes repita repite
    repetir empiece empezar comience comenzar inicie iniciar continúe continuar siga seguir reanude
    reanudar mejor peor empeora empeoran empeorar mejora mejoran mejorar alto alta altos altas bajo
    baja bajos bajas seguro segura peligroso peligrosa grave graves leve leves moderado moderada
    positivo positiva negativo negativa largo corto caliente frío fría fuerte débil causa causan"""
    # Roman numerals of one letter.
    """ i v x"""
)
# Case matters in symbols: mU is a billionth of MU. Litres alone are written both ways.
UNIT_SYMBOLS = _words(
    """mg mcg μg ug ng pg g kg dg t ml dl cl l μl ul fl nl IU UI iu ui U mU kU MU mmol mol μmol
    umol nmol pmol mEq meq Eq osm mosm mOsm mmHg mmhg kPa Pa bar cm mm m km μm nm in ft lb lbs
    oz tsp tbsp kcal cal kJ J Gy cGy mGy Sv mSv Bq MBq Hz bpm h hr hrs min mins s sec secs ms d
    wk wks mo yr yrs °C °F ° ºC ºF º C F K % ‰ ppm ppb cc gtt pH hs"""
)
# Kept out of the units that count by themselves: outside a dose they are words or names of things.
ONLY_AFTER_NUMBER = _words("t C F K U m s d h J in º ° hs bar min mo cal ms sobre second segundo")
