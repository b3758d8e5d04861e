"""Words that say nothing of a subject, and words that ask something about one, by language."""

SAYS_NOTHING_EN = """
a about above after again all also am an and any are as at be because been before being below
between both but by can could did do does doing done down during each few for from further get gets had
has have having he her here hers him his how i if in into is it its itself just me more most my no
nor not of off on once only or other our out over own same she should so some such than that the
their them then there these they this those through to too under until up very was we were what when
where which while who whom why will with would you your
"""
SAYS_NOTHING_ES = """
a al ante aqui asi aun bajo cada como con contra cual cuales cuando cuanto de del desde donde
durante e el ella ellas ellos en entre era es esa ese eso esta estan estar este esto estos fue ha
han hasta hay la las le les lo los mas me mi mis mucho muy nada ni no nos o otra otro para pero por
porque puede pueden que quien quienes se ser si sin sobre son su sus tambien tan tanto te tener
tengo tiene tienen todo tu tus un una uno unos y ya yo
"""
ASKS_EN = """
affect affected affects avoid cause caused causes changes clinical common complication complications
concerns considered cure deal diagnose diagnosed diagnosing diagnosis dietary dosage drug effect
effects emergency exams expect explain follow genetic happens help helps important information
inherited instructions kind kinds know latest learn likely living long many mean means medicine
medicines need outlook overdose people precautions prescribed prevent prevented prevention prognosis
recommended related relieve research risk risks safe safety side sign signs special stage stages
stop symptom symptoms take taken taking tell test tests therapies therapy treat treated treating
treatment treatments trial trials type types use used uses warning
"""
ASKS_ES = """
afecta afectan causa causan causas comun comunes consejos cura curar debo deteccion diagnostica
diagnosticar diagnostico efecto efectos ensayos estudio etapas evitar examenes factores funciona
hace hacer informacion medicamento medicamentos medicina necesito personas prevencion prevenir
previene pronostico prueba pruebas puedo riesgo riesgos saber secundarios senal senales significa
sintoma sintomas sirve tipo tipos tomar trata tratamiento tratamientos tratar usa usar
"""

STOP = {"en": frozenset(SAYS_NOTHING_EN.split()), "es": frozenset(SAYS_NOTHING_ES.split())}
"""Left out of a query, unless it has no other word. They are indexed like any word."""

ASKING = {"en": frozenset(ASKS_EN.split()), "es": frozenset(ASKS_ES.split())}
"""Words of a question that ask something of its subject. What has them ranks higher; nothing must."""
